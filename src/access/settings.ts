import { nameOf } from '../model/address.ts'
import { accountLabel, type Facts } from '../model/facts.ts'
import { type State, sortedEntries } from '../model/state.ts'

/** The account that manages Identity Center beside the management account, and who administers it. */
export interface SeenDelegate {
  readonly account: string
  /** Nickname in the manifest, else the name in the organization, else the id. */
  readonly account_label: string
  /** Users who are administrators of that account, sorted. */
  readonly administrators: readonly string[]
}

/** Settings of the instance that bear on who gets in where. */
export interface SeenSettings {
  readonly name?: string
  readonly delegates: readonly SeenDelegate[]
  /** Regions that people can sign in in, beside the primary one. */
  readonly regions: readonly { readonly region: string; readonly status?: string }[]
  /** Settings that AWS did not let the caller read, with why. */
  readonly unread: readonly { readonly setting: string; readonly why: string }[]
}

/** What has to be known of a way into an account to tell who administers it. */
interface Way {
  readonly user: string
  readonly account: string
  readonly administrative: boolean
  readonly orphan: boolean
  readonly disabled: boolean
  readonly denied?: true
}

/** By what a state names the reasons why settings could not be read. */
export const unreadSettings = {
  name: 'name of the instance',
  delegate: 'delegated administrator',
  regions: 'additional Regions',
} as const

/** The settings of a look that asked for them; `rows` is who can do what where. Pure. */
export function seenSettings(state: State, rows: readonly Way[], facts: Facts): SeenSettings {
  const [named] = state['instance-name'].values()
  const name = named?.spec.name
  return {
    ...(name === undefined ? {} : { name }),
    delegates: sortedEntries(state['delegated-administrator']).map(([at]) => ({
      account: nameOf(at),
      account_label: accountLabel(nameOf(at), facts),
      administrators: administratorsOf(nameOf(at), rows),
    })),
    regions: sortedEntries(state['additional-region']).map(([at, { spec }]) => ({ region: nameOf(at), ...spec })),
    unread: Object.values(unreadSettings).flatMap((setting) => {
      const why = state.covers.refused.get(setting)?.message
      return why === undefined ? [] : [{ setting, why }]
    }),
  }
}

function administratorsOf(account: string, rows: readonly Way[]): readonly string[] {
  const found = rows.filter((row) => row.account === account && row.administrative && !row.orphan)
  return [...new Set(found.filter(({ disabled, denied }) => !disabled && !denied).map(({ user }) => user))].sort()
}
