import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import type { Config } from '../config.ts'
import { secretAtHand } from '../own-secret.ts'
import { checkReceipt } from '../rewards/check-receipt.ts'
import { inWords } from '../rewards/payout-csv.ts'
import { publicKeyOf, receiptKey } from '../rewards/sign.ts'
import { type Command, UsageError } from './command.ts'

export const verify: Command = {
  usage: 'verify FILE [--key KEY] [--json]',
  summary: 'Check a receipt: who signed it, and that its amounts follow from its rule. Needs no database',
  options: { key: { type: 'string' }, json: { type: 'boolean' } },
  optionHelp: {
    '--key KEY': "The server's public key, as at /v1/keys; this installation's own otherwise",
    '--json': 'For programs',
  },
  async run({ arguments: [file, ...more], options }, { print: printRaw, config }) {
    const print = (line: string) => printRaw(harmless(line))
    if (file === undefined || more.length > 0) throw new UsageError('Say which FILE holds the receipt')
    const trusted = await trustedKey(options.key as string | undefined, config())
    const checked = checkReceipt(await textOf(file), trusted?.key)
    if (!checked) throw new UsageError(`${file} is not a receipt`)
    const { receipt, faults } = checked
    const key = trusted?.key ?? checked.key
    const good = faults.length === 0
    if (options.json) print(JSON.stringify({ good, key, trusted: trusted !== undefined, faults, receipt }))
    if (!good) throw new UsageError([...faults.map(harmless), `${file} is not a good receipt`].join('\n'))
    if (options.json) return
    print(
      `Signed by    ${key}, ${trusted?.whose ?? 'the key it names itself: compare it with the server’s /v1/keys'}`,
    )
    print(
      `Arithmetic   ${receipt.lines.length} lines follow from version ${receipt.programme.version} of ${receipt.programme.name}`,
    )
    print(
      `Amount       ${inWords(receipt.amount, receipt.currency)}, ${receipt.state} on ${receipt.issuedAt}`,
    )
    print(`Good: reward ${receipt.reward} of ${receipt.site.name}`)
  },
}

/** Without what would steer a terminal: the text is somebody else's. */
const harmless = (text: string): string => text.replaceAll(/\p{C}/gu, '\uFFFD')

/** More bytes than any receipt has. */
const TOO_MANY = 64 * 1024 * 1024

async function textOf(file: string): Promise<string> {
  try {
    // Read as it comes: there are files without a size, and without an end.
    const bytes = await buffer(createReadStream(file, { end: TOO_MANY }))
    if (bytes.length > TOO_MANY) throw new UsageError(`${file} is too large to be a receipt`)
    return bytes.toString()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(`There is no file ${file}`)
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') throw new UsageError(`${file} is a folder`)
    throw error
  }
}

/** The key to check against, and whose it is; none where only the receipt names one. */
async function trustedKey(
  given: string | undefined,
  config: Config,
): Promise<{ key: string; whose: string } | undefined> {
  if (given !== undefined) {
    if (!/^[\w-]{43}$/.test(given))
      throw new UsageError('--key takes a public key: 43 characters, the `x` of /v1/keys')
    return { key: given, whose: 'the key given' }
  }
  const secret = await secretAtHand(config)
  return secret === undefined
    ? undefined
    : { key: publicKeyOf(receiptKey(secret)), whose: "this installation's own key" }
}
