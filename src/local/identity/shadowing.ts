import { type Diagnostic, type Position, warning } from '../../model/diagnostic.ts'
import { lexConfig } from '../aws-config/lex.ts'
import { shellWords } from '../aws-config/words.ts'

/** A file that may hold long-lived keys, as it was read. */
export interface KeyFile {
  readonly file: string
  readonly text: string
  /** In `credentials` a section is named like its profile; in `config` it says `profile` first. */
  readonly form: 'config' | 'credentials'
}

/**
 * Long-lived keys kept for one of these profiles. The AWS CLI then signs in through Identity Center, SDKs take the keys:
 * the two disagree about who one is. Works on texts nobody could read as well. Pure.
 */
export function storedKeys(files: readonly KeyFile[], profiles: ReadonlySet<string>): Diagnostic[] {
  return files.flatMap((file) =>
    [...keysIn(file)].flatMap(([name, at]) => {
      if (!profiles.has(name)) return []
      return [
        warning('keys-shadow-profile', `profile ${name} has access keys here, which SDKs prefer to its login`, {
          hint: 'once the login works, deactivate the keys in IAM, delete them there, and delete these lines',
          at,
        }),
      ]
    }),
  )
}

/** Keys in the environment, where nothing but an explicit `--profile` stands above them. Pure. */
export function environmentKeys(
  env: Readonly<Record<string, string | undefined>>,
  reliesOn: string | undefined,
): Diagnostic[] {
  if (!env.AWS_ACCESS_KEY_ID || reliesOn === undefined) return []
  return [
    warning(
      'keys-shadow-environment',
      `AWS_ACCESS_KEY_ID is set in the environment; without --profile the AWS CLI uses it instead of ${reliesOn}`,
      { hint: 'take it out of the environment once the login works: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY' },
    ),
  ]
}

/** Names of the sections of a credentials file, which may be profiles of their own. Pure. */
export function storedSections(text: string): ReadonlySet<string> {
  return new Set(lexConfig(text).flatMap((line) => (line.role === 'header' ? [line.header] : [])))
}

function keysIn({ file, text, form }: KeyFile): Map<string, Position> {
  const found = new Map<string, Position>()
  let section: string | undefined
  for (const [index, line] of lexConfig(text).entries()) {
    if (line.role === 'header') section = form === 'config' ? profileOf(line.header) : line.header
    else if (line.role === 'option' && line.key === 'aws_access_key_id' && section !== undefined)
      found.set(section, found.get(section) ?? { file, line: index + 1, column: 1 })
  }
  return found
}

function profileOf(header: string): string | undefined {
  if (header === 'default') return header
  const [word, name, more] = shellWords(header) ?? []
  return word === 'profile' && more === undefined ? name : undefined
}
