// Placeholder until the stage's files stand.
