/** Reads CSV as RFC 4180 defines it, character by character; fails on whatever it does not allow. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let [row, cell, place]: [string[], string, number] = [[], '', 0]
  const end = () => {
    row.push(cell)
    cell = ''
  }
  while (place < text.length) {
    if (text[place] === '"' && cell === '') {
      for (place++; ; place++) {
        if (place >= text.length) throw new Error('a quote is never closed')
        if (text[place] !== '"') cell += text[place]
        else if (text[place + 1] === '"') cell += text[place++]
        else break
      }
      place++
      if (![',', '\r'].includes(text[place] ?? ''))
        throw new Error(`a cell goes on after its quote, at ${place}`)
    } else if (text[place] === ',') {
      end()
      place++
    } else if (text.startsWith('\r\n', place)) {
      end()
      rows.push(row)
      row = []
      place += 2
    } else if ('"\r\n'.includes(text[place] as string))
      throw new Error(`stray ${JSON.stringify(text[place])}`)
    else cell += text[place++]
  }
  if (row.length > 0 || cell !== '') throw new Error('the last line does not end')
  return rows
}

/** The rows below the names, each by name. */
export function readTable(text: string): Record<string, string>[] {
  const [names = [], ...rows] = readCsv(text)
  return rows.map((row) => {
    if (row.length !== names.length) throw new Error(`${row.length} cells under ${names.length} names`)
    return Object.fromEntries(names.map((name, index) => [name, row[index] as string]))
  })
}
