/** In the place of src/protocol/written-forms.ts. A page captures no content: what it records of texts are reasons and messages of errors, which have none of these. */
export const writtenForms: readonly RegExp[] = [];
