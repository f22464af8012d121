/** CSV as RFC 4180 has it, character by character; the byte order mark is not part of it. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  const body = text.replace(/^\uFEFF/, '')
  for (let i = 0; i < body.length; i++) {
    const char = body[i] as string
    if (quoted) {
      if (char !== '"') field += char
      else if (body[i + 1] === '"') field += body[++i]
      else quoted = false
    } else if (char === '"' && field === '') quoted = true
    else if (char === ',' || char === '\r') {
      row.push(field)
      field = ''
      if (char === '\r') {
        rows.push(row)
        row = []
        i++
      }
    } else field += char
  }
  return rows
}
