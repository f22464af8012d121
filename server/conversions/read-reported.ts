import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { fromNobody } from '../chains/from-nobody.ts'
import type { NewConversion } from '../contract/conversions.ts'
import { isDisposable } from '../disposable-mail.ts'
import { AppError } from '../errors.ts'
import type { Env } from '../http.ts'
import { mailMark } from '../identity/marks.ts'
import { readTold } from '../told.ts'
import type { Reported } from './record-conversion.ts'
import type { Sign } from './rules.ts'

/** What a caller reports of a conversion, as far as this caller may say, with what is suspicious about it. */
export function readReported(
  c: Context<Env>,
  { customerMail, gesture, ...input }: z.output<typeof NewConversion>,
  within = '',
): Reported {
  const proved = c.get('proved')
  const told = readTold(c, { ...input, customerMail }, within)
  const mailHash = customerMail === undefined ? undefined : mailMark(customerMail)
  if (customerMail !== undefined && mailHash === undefined)
    throw new AppError('invalid', 'is not a mail address', {
      field: within ? `${within}.customerMail` : 'customerMail',
    })
  const signs: Sign[] = []
  if (!proved && fromNobody(c)) signs.push('bot')
  if (gesture === false) signs.push('no_gesture')
  if (customerMail !== undefined && isDisposable(customerMail)) signs.push('disposable_mail')
  return { ...input, ...told, mailHash, signs, proved }
}
