import { GrapevineCount } from './grapevine-count.ts'

// Another copy of the script may have been first.
if (!customElements.get('grapevine-count')) customElements.define('grapevine-count', GrapevineCount)
