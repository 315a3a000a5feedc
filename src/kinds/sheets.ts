import { awsConfig } from './aws-config.ts'
import type { Sheet, SheetName } from './sheet.ts'
import { bashrc, configFish, zshrc } from './shell-files.ts'

/** Every file of this machine that kinds live in. */
export const sheets: Readonly<Record<SheetName, Sheet>> = {
  'aws-config': awsConfig,
  zsh: zshrc,
  bash: bashrc,
  fish: configFish,
}
