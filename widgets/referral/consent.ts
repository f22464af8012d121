import { settings } from '../core/settings.ts'

/** Whether nothing but the visitor's consent is missing for something to be stored. */
export const mayAsk = (): boolean =>
  settings().consent === 'required' && !navigator.globalPrivacyControl && navigator.doNotTrack !== '1'
