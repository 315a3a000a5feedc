import { address } from '../../model/address.ts'
import type { Found } from '../adoption.ts'

/** True where neither AWS nor this machine tells anything of an Identity Center. */
export function nothingToAdopt({ facts, live, machine }: Found): boolean {
  return facts.instance === undefined && live['sso-session'].size === 0 && (machine?.hints ?? []).length === 0
}

/** Why a profile of this machine is somebody else and stays so; undefined for a name that is free. */
export function whyTaken(profile: string, { machine }: Found): string | undefined {
  return machine?.odd.get(address('profile', profile))
}
