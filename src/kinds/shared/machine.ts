import { type ConfigDocument, type ConfigSection, parseConfig } from '../../local/aws-config/document.ts'
import { endpointsOn, type OtherEndpoint } from '../../local/identity/endpoint.ts'
import { type Who, whoOn } from '../../local/identity/who.ts'
import { type Address, address } from '../../model/address.ts'
import { type Diagnostic, Refusal } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import { readSections } from './aws-config.ts'
import { crudeSections } from './crude-sections.ts'
import { misspeltSections, without } from './misspelt-sections.ts'
import { type RawSection, type SignInHint, signInHints } from './sign-in-hints.ts'
import { refusedByCli, stranger } from './stranger.ts'
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
  /** Why the AWS CLI refuses a profile that looks as it should, by its address. */
  readonly refused: ReadonlyMap<Address, string>
  /** Sections that AWS tools do not read as they are meant, one sentence each. */
  readonly others: readonly string[]
  /** Where somebody signs in, as any section tells, the surest first. */
  readonly hints: readonly SignInHint[]
  /** Why the AWS CLI cannot read the file at all. */
  readonly problems: readonly Diagnostic[]
}

/** Reads both files, whatever is wrong with single sections. Pure. */
export function readMachine(files: MachineFiles): Machine {
  const { path, text } = files.config
  try {
    return surveyed(parseConfig(text, path), files)
  } catch (thrown) {
    if (thrown instanceof Refusal) return unreadable(text, thrown.diagnostics)
    throw thrown
  }
}

function surveyed(document: ConfigDocument, files: MachineFiles): Machine {
  const { config } = files
  const misspelt = misspeltSections(document)
  const clean = without(document, config.text, misspelt.keys())
  const sections = {
    'sso-session': readSections('sso-session', clean, config.path),
    profile: readSections('profile', clean, config.path),
  }
  const [who, endpointOf] = [whoOn(files), endpointsOn(files)]
  const profiles = document.sections.filter(({ kind }) => kind === 'profile')
  const told = (why: (section: ConfigSection, who: Who) => string | undefined) =>
    profiles.flatMap((section) => {
      const words = why(section, who)
      return words === undefined ? [] : [[address('profile', section.name), words] as const]
    })
  const spelt = [...misspelt].map(([section, why]) => [address(section.kind as 'profile', section.name), why] as const)
  return {
    sections,
    odd: new Map([...told(stranger), ...told(({ name }) => elsewhere(endpointOf(name))), ...spelt]),
    refused: new Map(told(refusedByCli)),
    others: unreadHeaders(document),
    hints: signInHints(document.sections.map(raw)),
    problems: [],
  }
}

function elsewhere(other: OtherEndpoint | undefined): string | undefined {
  return (
    other &&
    `it checks its identity at ${other.url} instead of AWS (${other.key}, line ${other.at.line}); to keep that, declare ${other.key} under settings`
  )
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
    refused: new Map(),
    others: sections.map(
      ({ header, line }) =>
        `[${header}] on line ${line}: the AWS CLI cannot read the file${place}; fix it, then run init again`,
    ),
    hints: signInHints(sections),
    problems,
  }
}
