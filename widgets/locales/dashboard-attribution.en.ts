/** The dashboard's texts of attribution, dividend, funnel and one person, in English. */
export const attributionEn = {
  funnel: 'Funnel',
  attribution: 'Attribution',
}
