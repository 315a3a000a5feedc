import type { Command } from 'commander'
import { bashScript } from '../completion/bash.ts'
import { fishScript } from '../completion/fish.ts'
import { type CommandTable, tableOf } from '../completion/table.ts'
import { zshScript } from '../completion/zsh.ts'
import type { Runtime } from '../session/runtime.ts'

const scripts: { readonly [shell: string]: (table: CommandTable) => string } = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
}

/** Prints the completion of the whole command line for a shell. */
export function completion(runtime: Runtime, of: string, root: Command): number {
  runtime.out(scripts[of]?.(tableOf(root)) ?? '')
  return 0
}
