import type { LocalFile, LocalFileName } from './local-file.ts'
import { awsConfig } from './shared/aws-config.ts'
import { bashrc, configFish, zshrc } from './shell/startup-files.ts'

/** Every file of this machine that kinds live in. */
export const localFiles: Readonly<Record<LocalFileName, LocalFile>> = {
  'aws-config': awsConfig,
  zsh: zshrc,
  bash: bashrc,
  fish: configFish,
}
