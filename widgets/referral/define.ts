import { GrapevineReferral } from './grapevine-referral.ts'

// Another copy of the script may have been first.
if (!customElements.get('grapevine-referral')) customElements.define('grapevine-referral', GrapevineReferral)
