import { findBlocks, type ShellName } from '../../local/shell/block.ts'
import { address, nameOf } from '../../model/address.ts'
import type { LocalKind } from '../kind.ts'
import { withPosition } from '../shared/desired.ts'
import { notes } from './notes.ts'
import { blocksTaken, isKnownToBeOurs } from './others.ts'

/** AWS_PROFILE for new shells: one marked block in the start-up file of each shell. */
export const shell: LocalKind<'shell'> = {
  name: 'shell',
  title: 'This machine (shell start-up files)',
  sections: ['local'],
  summary: 'a block in shell start-up files that sets AWS_PROFILE',
  side: 'local',
  after: ['profile'],
  // The profile may be kept elsewhere, in the credentials file say.
  outlives: ['profile'],
  addressSays: 'name',
  ignore: { never: 'blocks of other manifests are not reported' },
  takesLive: {
    never: 'start-up files are programs and cannot be read back into a manifest',
    instead: 'change local.shell by hand',
  },
  adopt: { never: 'start-up files are programs and cannot be read back into a manifest' },
  files: ['zsh', 'bash', 'fish'],
  fileOf: (at) => nameOf(at) as ShellName,
  complete: true,

  desired(loaded, { owner }) {
    const { aws_profile, shells = [] } = loaded.manifest.local?.shell ?? {}
    if (aws_profile === undefined) return new Map()
    return new Map(
      shells.map((name) => [
        address('shell', name),
        withPosition(loaded, ['local', 'shell', 'aws_profile'], { spec: { aws_profile }, mark: owner }),
      ]),
    )
  },

  // Blocks of other manifests are not ours to compare; they are only told about.
  live(text, file, sheet, owner) {
    const block = findBlocks(text, file, sheet as ShellName).find((one) => one.owner === owner)
    if (!block) return new Map()
    const spec = {
      ...(block.profile === undefined ? {} : { aws_profile: block.profile }),
      ...(block.exact ? {} : { changed_by_hand: 'yes' as const }),
    }
    return new Map([[address('shell', sheet), { spec, mark: block.owner }]])
  },

  deleteReason(_at, { spec }, context) {
    const isOurs = context.manifest.manifest.local?.shell && isKnownToBeOurs(spec, context)
    return isOurs ? { reason: `no longer in ${context.manifest.file}` } : undefined
  },

  problems: blocksTaken,

  notes,

  // A profile that somebody else keeps, in the credentials file say, is none of this plan's.
  needs(_at, { aws_profile = '' }, desired) {
    const named = address('profile', aws_profile)
    return desired?.profile.has(named) ? [named] : []
  },
}
