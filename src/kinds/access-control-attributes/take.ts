import type { Taking } from '../taking.ts'

/** The attributes of the instance, which the section lists in full. */
export const takeAttributes: Taking<'access-control-attributes'> = {
  taken: ([thing], { value }) => ({ ...value, access_control_attributes: thing?.live?.spec.attributes ?? {} }),
}
