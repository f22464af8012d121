import { addPasskey } from './add-passkey.ts'
import { handOver } from './hand-over.ts'
import { told } from './told.ts'
import { usePasskey } from './use-passkey.ts'

const page = told()
if (page.step === 'passkey') usePasskey(page)
else if (page.step === 'new-passkey') void addPasskey(page)
else handOver(page)
