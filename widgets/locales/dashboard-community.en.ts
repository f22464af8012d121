/** The dashboard's texts of members and of the settings of comments, in English. */
export const communityEn = {
  members: 'Members',
  comments: 'Comments',
} as const
