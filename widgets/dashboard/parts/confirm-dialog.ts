import { html, type TemplateResult } from 'lit'

/** A question before something that cannot be taken back. */
export interface Question {
  title: string
  body: string | TemplateResult
  /** What the button that does it says, and the one that does not. */
  yes: string
  no: string
  go: () => void
}

/** Asks in a modal dialog; `closed` is told when it is over, either way. */
export function confirmDialog(question: Question, closed: () => void): TemplateResult {
  const { title, body, yes, no, go } = question
  const close = (event: Event): void => (event.currentTarget as Element).closest('dialog')?.close()
  return html`
    <dialog class="ask" aria-labelledby="ask" @close=${closed}>
      <h2 id="ask">${title}</h2>
      <div class="body">${body}</div>
      <p class="buttons">
        <button class="button" type="button" autofocus @click=${close}>${no}</button>
        <button
          class="button main"
          type="button"
          @click=${(event: Event) => {
            close(event)
            go()
          }}
        >
          ${yes}
        </button>
      </p>
    </dialog>
  `
}
