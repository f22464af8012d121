import { GrapevineShare } from './grapevine-share.ts'

// Another copy of the script may have been first.
if (!customElements.get('grapevine-share')) customElements.define('grapevine-share', GrapevineShare)
