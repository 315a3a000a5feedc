import type { Taking } from '../taking.ts'

/** The attributes of the instance, which the section lists in full. */
export const takeAttributes: Taking<'access-control-attributes'> = {
  // A manifest lists attributes that are in use, so that there is nothing it could say of others.
  unsayable: ({ live }) =>
    live?.spec.status === undefined
      ? undefined
      : { why: `its status is ${live.spec.status}, which no manifest can say` },
  taken: ([thing], { value }) => ({ ...value, access_control_attributes: thing?.live?.spec.attributes ?? {} }),
}
