import { posix } from 'node:path'
import { holdsOnlyBlocks, removeBlock, type ShellName, setBlock } from '../../local/shell/block.ts'
import { nameOf } from '../../model/address.ts'
import type { ShellSpec } from '../../model/specs.ts'
import type { FileLocation, LocalFile } from '../local-file.ts'

// An empty variable counts as unset, as it does for the shells.
const paths: Readonly<Record<ShellName, (place: FileLocation) => string>> = {
  zsh: ({ env, home, folder }) => posix.join(folder ?? (env.ZDOTDIR || home), '.zshrc'),
  bash: ({ home }) => posix.join(home, '.bashrc'),
  fish: ({ env, home }) => posix.join(env.XDG_CONFIG_HOME || posix.join(home, '.config'), 'fish', 'config.fish'),
}

function startupFile(shell: ShellName): LocalFile {
  return {
    name: shell,
    startup: {
      shell,
      profile: ({ local }) => (local?.shell?.shells?.includes(shell) ? local.shell.aws_profile : undefined),
    },
    path: paths[shell],
    newMode: 0o644,
    concerns({ local }) {
      if (!local?.shell) return 'no'
      return local.shell.shells?.includes(shell) ? 'yes' : 'maybe'
    },
    isOurs: (text, file) => holdsOnlyBlocks(text, file, shell),
    edit: (text, operations, owner, file) =>
      operations.reduce((edited, { address, after }) => {
        if (nameOf(address) !== shell) throw new Error(`${address} does not live in ${file}`)
        const profile = (after as ShellSpec | undefined)?.aws_profile
        return profile === undefined
          ? removeBlock(edited, file, { shell, owner })
          : setBlock(edited, file, { shell, owner, profile })
      }, text),
  }
}

/** `.zshrc`, where zsh says that it looks, else where ZDOTDIR says. */
export const zshrc = startupFile('zsh')
/** `.bashrc` in the home. */
export const bashrc = startupFile('bash')
/** `config.fish`, where XDG_CONFIG_HOME says. */
export const configFish = startupFile('fish')
