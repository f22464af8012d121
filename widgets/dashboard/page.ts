import { GrapevineDashboard } from './grapevine-dashboard.ts'
import { pageStyles } from './shell/page.styles.ts'
import { define } from './views.ts'

const { styleSheet } = pageStyles
if (styleSheet) document.adoptedStyleSheets.push(styleSheet)
define({ 'grapevine-dashboard': GrapevineDashboard })
document.body.append(document.createElement('grapevine-dashboard'))
