import { assetRoutes } from './assets.ts'
import { broughtBy } from './chains/brought-by.ts'
import { chainRoutes } from './chains/routes.ts'
import { shortLinkRoutes } from './chains/short-links.ts'
import { annotationRoutes } from './comments/annotation-routes.ts'
import { commentRoutes } from './comments/comment-routes.ts'
import { countRoutes } from './comments/count-routes.ts'
import { htmlRoutes } from './comments/html-routes.ts'
import { liveRoutes } from './comments/live-routes.ts'
import { markRoutes } from './comments/mark-routes.ts'
import { ownThreadRoutes } from './comments/own-routes.ts'
import { threadRoutes } from './comments/thread-routes.ts'
import { refundRoutes } from './conversions/refund-routes.ts'
import { conversionRoutes } from './conversions/routes.ts'
import { couponRoutes } from './coupons/routes.ts'
import { explainToPage, preflight } from './credentials.ts'
import type { Deps } from './deps.ts'
import { describeApi, docsRoutes } from './docs.ts'
import { AppError } from './errors.ts'
import { healthRoutes } from './health.ts'
import { answerError, createRouter, inputGate, nameRequest } from './http.ts'
import { avatarRoutes } from './identity/avatar-routes.ts'
import { memberRoutes } from './identity/member-routes.ts'
import { personRoutes } from './identity/routes.ts'
import { rowIds } from './ids.ts'
import { actRoutes } from './moderation/act-routes.ts'
import { banRoutes } from './moderation/ban-routes.ts'
import { noticeRoutes } from './moderation/notice-routes.ts'
import { queueRoutes } from './moderation/queue-routes.ts'
import { recordAct } from './moderation/record-act.ts'
import { moderatedThreadRoutes } from './moderation/thread-routes.ts'
import { mailLinkRoutes } from './notifications/routes.ts'
import { moveRoutes } from './pages/move-routes.ts'
import { pageRoutes } from './pages/routes.ts'
import { referralRoutes } from './referral/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { ledgerRoutes } from './rewards/ledger-routes.ts'
import { payoutRoutes } from './rewards/payout-routes.ts'
import { programmeRoutes } from './rewards/programme-routes.ts'
import { rewardRoutes } from './rewards/reward-routes.ts'
import { setLevel } from './screening/set-level.ts'
import { commentSettingsRoutes } from './screening/settings-routes.ts'
import { trustOf } from './screening/standing.ts'
import { oauthRoutes } from './sign-in/oauth-routes.ts'
import { ownPasskeyRoutes } from './sign-in/own-passkey-routes.ts'
import { signInPageRoutes } from './sign-in/page-routes.ts'
import { passkeyRoutes } from './sign-in/passkey-routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { signInSettingsRoutes } from './sign-in/settings-routes.ts'
import { ticketRoutes } from './sign-in/ticket-routes.ts'
import { siteRoutes } from './sites/routes.ts'
import { issueSignInLink, signOutPerson } from './sites/sign-in-owner.ts'
import { takeOver } from './take-over.ts'

const joining = { broughtBy, takeOver }

/** The whole server as one Hono app: what it answers, room by room. */
export function createApp(deps: Deps, widgets: string) {
  const app = createRouter()
  const newId = rowIds(deps.now)
  app.onError(async (error, c) => {
    // Short links come before what names a request.
    if (!c.get('deps')) nameRequest(c, deps, newId())
    await explainToPage(c)
    return answerError(error, c)
  })
  app.notFound((c) => answerError(new AppError('not_found', `There is nothing at ${c.req.path}`), c))
  app.route('/', shortLinkRoutes(deps.links, app))
  app.use((c, next) => {
    nameRequest(c, deps, newId())
    return next()
  })
  app.use('/v1/*', preflight, inputGate)

  app.route('/', chainRoutes())
  app.route('/', personRoutes(broughtBy))
  app.route('/', signInRoutes({ ...joining, leaveDashboard: signOutPerson }))
  app.route('/', ticketRoutes(joining))
  app.route('/', signInSettingsRoutes(recordAct))
  app.route('/', signInPageRoutes())
  app.route('/', oauthRoutes())
  app.route('/', passkeyRoutes())
  app.route('/', ownPasskeyRoutes())
  app.route('/', avatarRoutes())
  app.route('/', memberRoutes({ trusting: trustOf, setLevel, record: recordAct, issueLink: issueSignInLink }))
  app.route('/', pageRoutes())
  app.route('/', moveRoutes())
  app.route('/', threadRoutes())
  app.route('/', ownThreadRoutes())
  app.route('/', liveRoutes())
  app.route('/', commentRoutes())
  app.route('/', markRoutes(recordAct))
  app.route('/', htmlRoutes())
  app.route('/', annotationRoutes())
  app.route('/', countRoutes())
  app.route('/', commentSettingsRoutes())
  app.route('/', queueRoutes())
  app.route('/', actRoutes())
  app.route('/', moderatedThreadRoutes())
  app.route('/', banRoutes())
  app.route('/', noticeRoutes())
  app.route('/', mailLinkRoutes())
  app.route('/', couponRoutes())
  app.route('/', conversionRoutes())
  app.route('/', refundRoutes())
  app.route('/', programmeRoutes())
  app.route('/', rewardRoutes())
  app.route('/', payoutRoutes())
  app.route('/', ledgerRoutes())
  app.route('/', referralRoutes())
  app.route('/', reportRoutes())
  app.route('/', siteRoutes())
  app.route('/', healthRoutes())
  app.route('/', assetRoutes(widgets))
  describeApi(app)
  app.route('/', docsRoutes(app))
  return app
}
