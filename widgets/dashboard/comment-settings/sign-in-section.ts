import { html, nothing, type TemplateResult } from 'lit'
import type { SignInSettings, SignInSettingsChange } from '../../../server/contract/sign-in.ts'
import { text } from '../texts.ts'
import { line, tick } from './checks-section.ts'
import type { SettingsDraft } from './settings-draft.ts'

export type SignInDraft = SettingsDraft<SignInSettings, SignInSettingsChange>

type Provider = NonNullable<SignInSettingsChange['providers']>[number]

const KINDS = { github: 'GitHub', google: 'Google', oidc: 'OpenID Connect' } as const

/** How people sign in: by mail, with a passkey, by the site's own word, by an account elsewhere. */
export function signInSection(draft: SignInDraft, saved: SignInSettings): TemplateResult {
  const sso = { ...saved.sso, ...(draft.changed.sso ?? {}) }
  const setSso = (part: NonNullable<SignInSettingsChange['sso']>): void =>
    draft.set('sso', { ...draft.changed.sso, ...part })
  const secret = draft.changed.sso?.secret
  return html`
    ${tick(text('sign_in_mail'), text('sign_in_mail_hint'), draft.get('mail'), (mail) => draft.set('mail', mail))}
    ${tick(text('sign_in_passkeys'), text('sign_in_passkeys_hint'), draft.get('passkeys'), (on) => draft.set('passkeys', on))}
    <h3>${text('sign_in_sso')}</h3>
    <p class="small muted">${text('sign_in_sso_hint')}</p>
    ${line(text('sso_issuer'), sso.issuer ?? '', (issuer) => setSso({ issuer: issuer || null }), draft.faultOf('sso.issuer'))}
    ${line(text('sso_audience'), sso.audience ?? '', (audience) => setSso({ audience: audience || null }), draft.faultOf('sso.audience'))}
    ${line(text('sso_jwks'), sso.jwksUrl ?? '', (url) => setSso({ jwksUrl: url || null }), draft.faultOf('sso.jwksUrl'))}
    ${line(
      text('sso_secret'),
      secret ?? '',
      (typed) => setSso({ secret: typed || null }),
      draft.faultOf('sso.secret'),
      saved.sso.secret.set && secret === undefined ? text('secret_set') : '',
    )}
    <h3>${text('sign_in_providers')}</h3>
    ${providers(draft, saved)}
  `
}

function providers(draft: SignInDraft, saved: SignInSettings): TemplateResult {
  // Read anew by each change: more than one may come before the next drawing.
  const listed = (): Provider[] =>
    draft.changed.providers ??
    saved.providers.map(({ id, name, kind, issuer, clientId }) => ({ id, name, kind, issuer, clientId }))
  const put = (changed: Provider[]): void => draft.set('providers', changed)
  const change = (at: number, part: Partial<Provider>): void =>
    put(listed().map((one, i) => (i === at ? { ...one, ...part } : one)))
  const all = listed()
  const fault = draft.faultOf('providers')
  return html`
    ${fault ? html`<p class="fault" role="alert">${fault}</p>` : nothing}
    <ul class="providers">
      ${all.map((one, i) => {
        const known = saved.providers.find(({ id }) => id === one.id)
        return html`<li>
          <label class="setting choice"><span>${text('provider_kind')}</span>
            <select class="field" @change=${(event: Event) => change(i, { kind: (event.target as HTMLSelectElement).value as Provider['kind'] })}>
              ${Object.entries(KINDS).map(([kind, name]) => html`<option value=${kind} .selected=${kind === one.kind}>${name}</option>`)}
            </select></label>
          ${line(text('provider_id'), one.id, (id) => change(i, { id }))}
          ${line(text('provider_name'), one.name, (name) => change(i, { name }))}
          ${one.kind === 'oidc' ? line(text('sso_issuer'), one.issuer ?? '', (issuer) => change(i, { issuer: issuer || null })) : nothing}
          ${line(text('provider_client'), one.clientId, (clientId) => change(i, { clientId }))}
          ${line(text('provider_secret'), one.secret ?? '', (secret) => change(i, { secret }), undefined, known?.secret.set ? text('secret_set') : '')}
          ${known ? html`<p class="small muted">${text('provider_callback')}<code>${known.callback}</code></p>` : nothing}
          <button type="button" class="button" @click=${() => put(all.filter((_, at) => at !== i))}>${text('provider_remove')}</button>
        </li>`
      })}
    </ul>
    <button
      type="button"
      class="button"
      @click=${() => put([...all, { id: 'github', name: 'GitHub', kind: 'github', issuer: null, clientId: '' }])}
    >${text('provider_add')}</button>
  `
}
