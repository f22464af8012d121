import { type Receipt, type ReceiptLine, SignedReceipt } from '../contract/rewards.ts'
import { arithmetic } from './receipt-lines.ts'
import { type Bought, divide } from './rules.ts'
import { isSignedBy } from './sign.ts'

/** What came of checking a receipt: whose it is, and every fault found. */
export interface Checked {
  receipt: Receipt
  /** The key that it names, whoever's that is. */
  key: string
  faults: string[]
}

/** Checks the text of a signed receipt against a public key, or the one that it names; undefined for what is none. */
export function checkReceipt(text: string, key: string | undefined): Checked | undefined {
  const whole = parsed(text)
  const known = SignedReceipt.safeParse(whole)
  if (!known.success || !isDated(known.data.receipt)) return undefined
  const { receipt, signature, key: named } = known.data
  // The signature is over all that is written there, also what we would not read.
  const signed = (whole as { receipt: unknown }).receipt
  const trusted = key ?? named
  const faults =
    named === trusted && isSignedBy(signed, signature, trusted)
      ? []
      : [
          `The signature is not by the key ${trusted}: the receipt is forged, was altered, or comes from another server`,
        ]
  return { receipt, key: named, faults: [...faults, ...faultsOfArithmetic(receipt)] }
}

const isDated = ({ conversion, touches }: Receipt): boolean =>
  [conversion, ...touches].every(({ at }) => !Number.isNaN(Date.parse(at)))

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Redoes the arithmetic of a receipt from its rule and value alone. */
function faultsOfArithmetic(receipt: Receipt): string[] {
  const { lines, conversion, programme, friend, amount, state } = receipt
  const detail = divide(programme.rule, friend, boughtOf(receipt))
  const right = arithmetic(programme.rule, detail, Date.parse(conversion.at), () => 'someone')
  const taken = lines.filter(({ what }) => isTaken(what))
  const faults = compare(right, lines.slice(0, -1 - taken.length))
  const own = ownOf(receipt).reduce((sum, line) => sum + line.amount, 0)
  const left = taken.reduce((sum, line) => sum + line.amount, own)
  const last = lines.at(-1)
  if (last?.what !== 'yours' || last.amount !== left || amount !== left)
    faults.push(`The receipt says ${amount}, but its own lines come to ${left}`)
  if (taken.some((line) => line.amount > 0)) faults.push('What was taken back adds to the amount')
  if (receipt.currency !== programme.rule.currency)
    faults.push(`It is in ${receipt.currency}, its rule in ${programme.rule.currency}`)
  if (state === 'reversed' && amount !== 0) faults.push(`It is reversed, and yet says ${amount}`)
  return faults
}

const isTaken = (what: ReceiptLine['what']): boolean => what === 'limit' || what === 'reversed'

/** The lines that the one who is paid is paid for: their hops, or else what they get as buyer or author. */
const ownOf = ({ lines, hop }: Receipt): ReceiptLine[] =>
  lines.filter(
    ({ what, who }) =>
      who === 'you' && (hop === null ? what === 'author' || what === 'buyer' : what === 'hop'),
  )

/** The conversion as a receipt tells it. Who the people are does not matter to the amounts, only that they are. */
function boughtOf({ conversion, lines, touches }: Receipt): Bought {
  const { value } = conversion
  const net = lines.find(({ what }) => what === 'value')?.amount ?? 0
  return {
    name: conversion.name,
    proved: true,
    at: Date.parse(conversion.at),
    gross: value?.amount ?? null,
    currency: value?.currency ?? null,
    refunded: Math.max(0, (value?.amount ?? 0) - net),
    voided: false,
    touches: touches.map(({ at, chain }, touch) => ({
      at: Date.parse(at),
      hops: chain.map((_, hop) => ({ share: '', person: `${touch} ${hop}` })),
    })),
    buyer: lines.some(({ what }) => what === 'buyer') ? 'buyer' : null,
    author: lines.some(({ what, who }) => what === 'author' && who !== null) ? 'author' : null,
  }
}

function compare(right: readonly ReceiptLine[], told: readonly ReceiptLine[]): string[] {
  const faults: string[] = []
  for (let i = 0; i < Math.max(right.length, told.length); i++) {
    const [a, b] = [right[i], told[i]]
    if (!a || !b || a.what !== b.what) return [...faults, `Line ${i + 1} is not what the rule asks for`]
    if (a.amount !== b.amount)
      faults.push(`Line ${i + 1} (${b.what}) says ${b.amount}, but the rule gives ${a.amount}`)
  }
  return faults
}
