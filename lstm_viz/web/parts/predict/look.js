// What a prediction and the results of many have in common: their look, in the sheet beside this.

export const LOOK = "predict"; // the class of both
