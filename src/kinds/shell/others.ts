import { address, nameOf } from '../../model/address.ts'
import { type Diagnostic, error, warning } from '../../model/diagnostic.ts'
import type { ShellSpec } from '../../model/specs.ts'
import type { State } from '../../model/state.ts'
import type { LiveContext } from '../contexts.ts'
import { awsConfig } from '../shared/aws-config.ts'
import { type OtherPortal, otherPortal, type PortalContext } from '../shared/own-portal.ts'
import { portalUrls } from '../shared/portal-session.ts'

/**
 * The portal of the profile that a block sets, where it is not the one of the manifest: manifests without a name share their marker. Of a manifest
 * that names no portal the marker alone is known. Pure.
 */
function blockOfAnother(
  { aws_profile = '' }: ShellSpec,
  context: PortalContext & { readonly desired: State },
): OtherPortal | undefined {
  const at = address('profile', aws_profile)
  const profile = context.desired.profile.has(at) ? undefined : context.live.profile.get(at)
  const other = profile && otherPortal(profile.spec, context)
  const isKnown = context.manifest.manifest.local?.sso_session ?? portalUrls(context.facts)[0]
  return isKnown === undefined ? undefined : other
}

/** False for a block of a manifest with another portal, and where nobody can tell because the profiles could not be read. Pure. */
export function isKnownToBeOurs(spec: ShellSpec, context: PortalContext & { readonly desired: State }): boolean {
  return !context.live.covers.unread.has(awsConfig.name) && !blockOfAnother(spec, context)
}

/** Blocks that would be taken from a manifest with another portal, each with the profile that new shells would lose. Pure. */
export function blocksTaken(input: LiveContext & { readonly desired: State }): readonly Diagnostic[] {
  return [...input.desired.shell].flatMap(([at, { spec, at: place }]) => {
    const there = input.live.shell.get(at)?.spec
    const other = there && there.aws_profile !== spec.aws_profile ? blockOfAnother(there, input) : undefined
    if (!there || !other) return []
    const isSure = other.standing === 'another'
    const portal = isSure ? 'not the portal' : 'which may not be the portal'
    const through = other.startUrl ?? `sso-session ${other.session}`
    return [
      (isSure ? error : warning)(
        'shell-of-another-portal',
        `the block for ${nameOf(at)} sets AWS_PROFILE to ${there.aws_profile}, which signs in at ${through}, ${portal} of this manifest; this manifest sets ${spec.aws_profile} there`,
        {
          hint: 'remove local.shell from one of the two manifests; to keep it in this one, delete the block from the file first',
          ...(place ? { at: place } : {}),
        },
      ),
    ]
  })
}
