import { tree } from './desk.ts'

/** Words of the command that is killed. */
export const apply = ['apply', '--yes', '--max-deletes', '9']

/** What the config holds already: sections of somebody else around which the tool writes. */
export const foreign = '[default]\nregion = eu-west-1\n\n[profile old]\nrole_arn = x\nsource_profile = default\n'

/** Everything below a home, a line each, without process numbers. */
export function filesOf(home: string): string[] {
  return tree(home).map((line) => line.replace(/~\d+~\d+\.tmp/, '~PID~N.tmp'))
}
