import { html, nothing, render } from 'lit'
import type { Comment } from '../../server/contract/comments.ts'
import type { Texts } from '../core/i18n.ts'
import { writeOwn } from '../core/request-own.ts'
import type { CommentActsKey } from '../locales/comment-acts.en.ts'
import { loadActTexts } from './act-texts.ts'
import { quoteOf } from './composer-quote.ts'
import type { CommentsHost } from './host.ts'
import { menuStyles } from './menu.styles.ts'
import { refused } from './refused.ts'
import { askRemoval } from './remove-comment.ts'
import { copyLink } from './share-comment.ts'
import { react } from './vote.ts'

/** One thing that can be done: its name, and doing it. */
type Item = [name: string, go: () => unknown, checked?: boolean]

/** Opens the menu of a comment below its button. */
export async function openMenu(host: CommentsHost, comment: Comment, button: HTMLElement): Promise<void> {
  const texts = await loadActTexts()
  show(host, button, texts.t('actions'), itemsFor(host, comment, texts), 'list')
}

/** Opens the reactions that the owner offers. */
export async function openReactions(
  host: CommentsHost,
  comment: Comment,
  button: HTMLElement,
): Promise<void> {
  const { t } = await loadActTexts()
  const own = host.mine?.reactions[comment.id] ?? []
  const items = host.thread?.offered.reactions.map(
    (emoji): Item => [emoji, () => react(host, comment, emoji), own.includes(emoji)],
  )
  show(host, button, t('reactions'), items ?? [], 'row')
}

/** What this person may do with a comment. */
function itemsFor(host: CommentsHost, comment: Comment, { t }: Texts<CommentActsKey>): Item[] {
  const { thread, mine } = host
  const { id, author, parent, state } = comment
  const own = !!author && author.id === mine?.person?.id
  const open = thread?.state === 'open'
  const visible = state === 'visible'
  const accepted = parent !== null && host.comments.byId.get(parent)?.accepted === id
  const minutes = thread?.offered.editMinutes ?? 0
  const young = minutes < 0 || Date.now() - Date.parse(comment.at) < minutes * 60_000
  const told = async (act: () => Promise<unknown>, said?: CommentActsKey) => {
    try {
      await act()
      if (said) host.say(t(said), true)
    } catch (error) {
      await refused(host, error)
    }
  }
  const changed = (route: `PUT /v1/comments/${string}/accepted`, answer: string | null) => async () => {
    const { comment } = await writeOwn(route, { answer })
    host.comments.upsert([comment])
  }
  const all: [boolean, Item][] = [
    [visible, [t('copyLink'), () => copyLink(host, comment)]],
    [visible && open, [t('quote'), () => host.write({ parent: comment, quote: quoteOf(host, comment) })]],
    [own && young && (visible || state === 'held'), [t('edit'), () => host.write({ edit: comment })]],
    [own, [t('remove'), () => askRemoval(host, comment, t)]],
    [
      thread?.mode === 'questions' && !!mine?.may.accept && parent !== null,
      [
        t(accepted ? 'unaccept' : 'accept'),
        () => told(changed(`PUT /v1/comments/${parent}/accepted`, accepted ? null : id)),
      ],
    ],
    [
      !own && visible && !!mine?.may.hold,
      [t('hold'), () => told(() => writeOwn(`POST /v1/comments/${id}/hold`, {}), 'held')],
    ],
    [
      !own && state === 'held' && !!mine?.may.vouch,
      [
        t('vouch'),
        () =>
          told(async () => {
            const answer = await writeOwn(`POST /v1/comments/${id}/vouch`, {})
            host.comments.upsert([answer.comment])
          }, 'vouched'),
      ],
    ],
    [
      !!mine?.may.moderate,
      [t('moderate'), async () => (await import('./moderate.ts')).openModerate(host, comment)],
    ],
    [!own && visible, [t('report'), async () => (await import('./report.ts')).openReport(host, comment)]],
  ]
  return all.flatMap(([shown, item]) => (shown ? [item] : []))
}

/** A menu in the top layer, beside its button; it closes by itself when something else is clicked, or by Escape. */
function show(
  host: CommentsHost,
  button: HTMLElement,
  label: string,
  items: readonly Item[],
  kind: string,
): void {
  host.dress(menuStyles)
  const menu = document.createElement('div')
  menu.className = `menu ${kind}`
  menu.popover = 'auto'
  menu.setAttribute('part', 'menu')
  menu.setAttribute('role', 'menu')
  menu.setAttribute('aria-label', label)
  const choose = (go: () => unknown) => {
    menu.hidePopover()
    button.focus()
    void Promise.resolve(go()).catch((error: unknown) => refused(host, error))
  }
  render(
    items.map(
      ([name, go, checked]) => html`<button
        type="button"
        role=${checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
        aria-checked=${checked ?? nothing}
        tabindex="-1"
        @click=${() => choose(go)}
      >
        ${name}
      </button>`,
    ),
    menu,
  )
  menu.addEventListener('keydown', (event) => step(event, menu))
  menu.addEventListener('toggle', ({ newState }) => {
    if (newState === 'open') return
    if (menu.contains((host.renderRoot as ShadowRoot).activeElement)) button.focus()
    button.setAttribute('aria-expanded', 'false')
    removeEventListener('scroll', hide, true)
    menu.remove()
  })
  const hide = () => menu.hidePopover()
  button.setAttribute('aria-expanded', 'true')
  host.renderRoot.querySelector('.base')?.append(menu)
  menu.showPopover()
  place(menu, button)
  addEventListener('scroll', hide, true)
  menu.querySelector('button')?.focus({ preventScroll: true })
}

/** Below the button and within the window; above where there is no room below. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const at = button.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8))
  const below = at.bottom + 4
  const top = below + height > innerHeight ? Math.max(8, at.top - height - 4) : below
  menu.style.translate = `${left}px ${top}px`
}

const STEPS: Record<string, (at: number, most: number) => number> = {
  ArrowDown: (at, most) => (at + 1) % most,
  ArrowRight: (at, most) => (at + 1) % most,
  ArrowUp: (at, most) => (at + most - 1) % most,
  ArrowLeft: (at, most) => (at + most - 1) % most,
  Home: () => 0,
  End: (_, most) => most - 1,
}

/** Arrows go through a menu; Tab leaves it. */
function step(event: KeyboardEvent, menu: HTMLElement): void {
  if (event.key === 'Tab') menu.hidePopover()
  const items = [...menu.querySelectorAll('button')]
  const { activeElement } = menu.getRootNode() as ShadowRoot
  const next = STEPS[event.key]?.(items.indexOf(activeElement as HTMLButtonElement), items.length)
  if (next === undefined) return
  event.preventDefault()
  items[next]?.focus()
}
