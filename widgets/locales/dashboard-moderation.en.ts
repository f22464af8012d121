/** The dashboard's texts of moderation, in English. */
export const moderationEn = {
  nav_community: 'Community',
  moderation: 'Moderation',
  notices: 'Notices',
  bans: 'Bans',
} as const
