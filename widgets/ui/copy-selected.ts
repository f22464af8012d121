/**
 * Copies without the Clipboard API, which pages without TLS lack. The text has to be selected, and inside the dialog
 * if one is open, since all else is inert.
 */
export function copySelected(text: string, root: ShadowRoot): boolean {
  const field = document.createElement('textarea')
  const focused = root.activeElement as HTMLElement | null
  field.value = text
  field.readOnly = true
  field.className = 'unseen'
  root.querySelector('.sheet, .base')?.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  focused?.focus()
  return copied
}
