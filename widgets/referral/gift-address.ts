/** The gift's code in a page's fragment. */
export const GIFT = /(?<=[#&])gift=([\w-]{4,32})&?/
