import { type Diagnostic, error } from '../model/diagnostic.ts'

/** What is wrong with a Region that an instance has only been extended to; the same words for plans and for doctor. */
export function replicaSentence(region: string, home: string): string {
  return `${region} is an additional Region of this Identity Center; permission sets are managed in its primary Region ${home}`
}

/**
 * What to say where the Region to work in is an additional one: it answers for the instance, and neither permission sets nor
 * assignments can be read there (UG/api-support-in-additional-regions).
 */
export function replicaRegion(region: string, home: string): Diagnostic {
  return error('region-replica', replicaSentence(region, home), {
    hint: `write region: ${home} under identity_center`,
  })
}
