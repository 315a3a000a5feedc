import type { Command } from '../usage/command.ts'
import { bashScript } from './bash.ts'
import { fishScript } from './fish.ts'
import { tableOf } from './table.ts'
import { zshScript } from './zsh.ts'

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript }

/** The completion of these commands for a shell. Pure. */
export function completionScript(shell: keyof typeof scripts, commands: readonly Command[]): string {
  return scripts[shell](tableOf('sso-reconcile', commands))
}
