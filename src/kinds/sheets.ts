import { awsConfig } from './aws-config.ts'
import type { Sheet, SheetName } from './sheet.ts'

/** Every file of this machine that kinds live in. */
export const sheets: Readonly<Record<SheetName, Sheet>> = {
  'aws-config': awsConfig,
}
