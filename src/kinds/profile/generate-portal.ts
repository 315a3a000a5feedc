import type { LoadedManifest } from '../../manifest/load.ts'
import type { Generate } from '../../manifest/types.ts'
import { address } from '../../model/address.ts'
import { type Position, warning } from '../../model/diagnostic.ts'
import { accountLabel, type Facts, type PortalPlace } from '../../model/facts.ts'
import { listed } from '../../text/list.ts'
import { collisions, nameTemplate, profileName } from './generate-names.ts'
import type { Generated, Generation } from './generated.ts'

/** One profile for each account and set that one's own login sees in the access portal. Pure. */
export function fromPortal(generate: Generate, loaded: LoadedManifest, facts: Facts): Generation {
  const at = loaded.position(['local', 'generate'], 'key')
  const { portal } = facts
  if (portal === undefined || 'why' in portal) return unread(portal, generate, at)
  const world = withNames(portal.places, loaded, facts)
  const profiles = portal.places.map(({ account, permissionSet }): Generated => {
    const name = profileName(generate, accountLabel(account, world), account, permissionSet)
    return { name, account, permissionSet, ...(at ? { at } : {}) }
  })
  const isEmpty = profiles.length === 0 && portal.unread.length === 0
  return {
    profiles,
    complete: portal.unread.length === 0,
    diagnostics: [
      ...collisions(profiles, loaded, world),
      ...(isEmpty ? [empty(at)] : []),
      ...(portal.unread.length > 0 ? [partly(portal.unread, generate, at)] : []),
    ],
  }
}

// What could not be read is unknown: nothing is made of it, and nothing is taken for gone.
function unread(portal: Facts['portal'], generate: Generate, at: Position | undefined): Generation {
  const { why, hint } =
    portal && 'why' in portal
      ? portal
      : { why: 'your access in the access portal was not read', hint: 'run sso-reconcile plan' }
  const told = warning('generate-portal-unread', `${why}; generated profiles stay as they are`, {
    hint,
    unmet: address('profile', nameTemplate(generate)),
    ...(at ? { at } : {}),
  })
  return { profiles: [], complete: false, diagnostics: [told] }
}

/**
 * The facts with accounts called as the manifest calls them, else as the portal does. Others choose those names: an account of whose name
 * no profile name could keep anything goes by its id.
 */
function withNames(places: readonly PortalPlace[], { manifest }: LoadedManifest, facts: Facts): Facts {
  const nicknames = new Map(Object.entries(manifest.accounts ?? {}).map(([name, id]) => [id, name]))
  const seen = new Map(places.map(({ account, name }) => [account, /[A-Za-z0-9]/.test(name) ? name : account]))
  const accounts = [...seen].map(([id, name]) => ({ id, name, label: nicknames.get(id) ?? name, active: true }))
  return { ...facts, accounts: [...accounts, ...facts.accounts.filter(({ id }) => !seen.has(id))] }
}

function empty(at: Position | undefined) {
  return warning(
    'generate-portal-empty',
    'the access portal shows no accounts for your login, so no profiles are generated',
    {
      hint: 'if you expected some, check who is logged in (sso-reconcile login --force), or ask your Identity Center administrator',
      ...(at ? { at } : {}),
    },
  )
}

function partly(accounts: readonly string[], generate: Generate, at: Position | undefined) {
  const message = `the access portal lists ${listed(accounts, 5)}, but not your permission sets there; no generated profile is removed`
  return warning('generate-portal-partial', message, {
    hint: 'run plan again; if this persists, the account may be closed: ask your Identity Center administrator',
    unmet: address('profile', nameTemplate(generate)),
    ...(at ? { at } : {}),
  })
}
