import { GrapevineComments } from './grapevine-comments.ts'

// Another copy of the script may have been first.
if (!customElements.get('grapevine-comments')) customElements.define('grapevine-comments', GrapevineComments)
