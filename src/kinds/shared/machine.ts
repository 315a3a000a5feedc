import { type ConfigDocument, type ConfigSection, parseConfig } from '../../local/aws-config/document.ts'
import { type Address, address } from '../../model/address.ts'
import { type Diagnostic, Refusal } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import { readSections } from './aws-config.ts'
import { crudeSections } from './crude-sections.ts'
import { decider, decidersBeside, tornByDefaults } from './deciders.ts'
import { misspeltSections, without } from './misspelt-sections.ts'
import { type RawSection, type SignInHint, signInHints } from './sign-in-hints.ts'
import { unreadHeaders } from './unread-headers.ts'

/** The files of this machine that profiles are read from. */
export interface MachineFiles {
  readonly config: { readonly path: string; readonly text: string }
  readonly credentials: { readonly path: string; readonly text: string }
}

/** What the files of this machine say of profiles and sessions, for a manifest that is written from them. */
export interface Machine {
  readonly sections: Pick<State, 'profile' | 'sso-session'>
  /** Why no manifest can declare a profile or a session, by its address; those that AWS tools read differently are in no section. */
  readonly odd: ReadonlyMap<Address, string>
  /** Sections that AWS tools do not read as they are meant, one sentence each. */
  readonly others: readonly string[]
  /** Where somebody signs in, as any section tells, the surest first. */
  readonly hints: readonly SignInHint[]
  /** Why the AWS CLI cannot read the file at all. */
  readonly problems: readonly Diagnostic[]
}

/** Reads both files, whatever is wrong with single sections. Pure. */
export function readMachine({ config, credentials }: MachineFiles): Machine {
  try {
    return surveyed(parseConfig(config.text, config.path), config, decidersBeside(credentials.text))
  } catch (thrown) {
    if (thrown instanceof Refusal) return unreadable(config.text, thrown.diagnostics)
    throw thrown
  }
}

function surveyed(
  document: ConfigDocument,
  { path, text }: MachineFiles['config'],
  stored: ReadonlyMap<string, string>,
): Machine {
  const misspelt = misspeltSections(document)
  const clean = without(document, text, misspelt.keys())
  const sections = {
    'sso-session': readSections('sso-session', clean, path),
    profile: readSections('profile', clean, path),
  }
  // Python's reader, and so the AWS CLI, shows the keys of this section in every other one.
  const everywhere = document.sections.find(({ header }) => header === 'DEFAULT')
  const sessionOf = ({ options }: ConfigSection) =>
    document.index.get(`sso-session/${options.get('sso_session')?.value}`)?.[0]
  const decided = document.sections
    .filter(({ kind }) => kind === 'profile')
    .flatMap((section) => {
      const torn = tornByDefaults(section, sessionOf(section), everywhere)
      const why = decider(section, everywhere) ?? stored.get(section.name) ?? torn
      return why === undefined ? [] : [[address('profile', section.name), why] as const]
    })
  const spelt = [...misspelt].map(([section, why]) => [address(section.kind as 'profile', section.name), why] as const)
  return {
    sections,
    odd: new Map([...decided, ...spelt]),
    others: unreadHeaders(document),
    hints: signInHints(document.sections.map(raw)),
    problems: [],
  }
}

function raw({ kind, name, options }: ConfigSection): RawSection {
  return { kind, name, values: new Map([...options].map(([key, { value }]) => [key, value])) }
}

/** Nothing of such a file counts for the AWS CLI, so that nothing is declared; every section is told. */
function unreadable(text: string, problems: readonly Diagnostic[]): Machine {
  const [first] = problems
  const place = first?.at ? ` (line ${first.at.line}: ${first.message})` : ''
  const sections = crudeSections(text)
  return {
    sections: { 'sso-session': new Map(), profile: new Map() },
    odd: new Map(),
    others: sections.map(
      ({ header, line }) =>
        `[${header}] on line ${line}: the AWS CLI cannot read the file${place}; repair it, then run init again`,
    ),
    hints: signInHints(sections),
    problems,
  }
}
