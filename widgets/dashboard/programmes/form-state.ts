import type { ReactiveControllerHost } from 'lit'
import type { Rule } from '../../../server/contract/programmes.ts'
import { text } from '../texts.ts'
import type { Editing } from './fields.ts'
import { type Fault, nameFault, ruleOf } from './read-rule.ts'
import type { RuleForm } from './rule-form.ts'

/** A programme's form while it is filled in: what is typed, what of it differs from what is saved, and what is wrong. */
export class FormState implements Editing {
  form: RuleForm
  /** The rule as it stands; not to be sent while there are faults. */
  rule: Rule
  faults = new Map<string, Fault>()

  readonly #host: ReactiveControllerHost
  #saved = ''
  /** Fields the owner has been at: nobody is told of a fault before. */
  readonly #left = new Set<string>()
  #tried = false
  #refused: { field: string; message: string } | undefined

  constructor(host: ReactiveControllerHost, form: RuleForm) {
    this.#host = host
    this.form = form
    this.rule = ruleOf(form).rule
    this.start(form)
  }

  /** Begins with a form that is as it was saved, or as a new one starts. */
  start(form: RuleForm): void {
    this.#saved = JSON.stringify(form)
    this.#left.clear()
    this.#tried = false
    this.#take(form)
  }

  /** Whether all but the name is as it must be. */
  get ruled(): boolean {
    return [...this.faults.keys()].every((field) => field === 'name')
  }

  get unsaved(): boolean {
    return JSON.stringify(this.form) !== this.#saved
  }

  readonly change = (part: Partial<RuleForm>): void => this.#take({ ...this.form, ...part })

  readonly fault = (field: string): string | undefined => {
    if (this.#refused?.field === field) return this.#refused.message
    const fault = this.faults.get(field)
    return fault && (this.#tried || this.#left.has(field)) ? text(fault) : undefined
  }

  /** Notes that a field was left. */
  leave(field: string): void {
    this.#left.add(field)
    this.#host.requestUpdate()
  }

  /** Notes that the owner wants to save; whether it can be. */
  attempt(): boolean {
    this.#tried = true
    this.#host.requestUpdate()
    return this.faults.size === 0
  }

  /** Shows the server's word on a field. */
  refuse(field: string, message: string): void {
    this.#refused = { field, message }
    this.#host.requestUpdate()
  }

  #take(form: RuleForm): void {
    const { rule, faults } = ruleOf(form)
    const name = nameFault(form.name)
    this.form = form
    this.rule = rule
    this.faults = new Map([...(name ? [['name', name] as const] : []), ...faults])
    this.#refused = undefined
    this.#host.requestUpdate()
  }
}
