import { html, type TemplateResult } from 'lit'

/** A section of the element, named by its heading. */
export const section = (id: string, title: string, body: unknown): TemplateResult => html`
  <section class="section" part="section" aria-labelledby=${id}>
    <h3 id=${id}>${title}</h3>
    ${body}
  </section>
`
