/** What the roles of Identity Center are below, in every account (UG/referencingpermissionsets). */
export const reservedPath = '/aws-reserved/sso.amazonaws.com/'
