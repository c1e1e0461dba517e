/** What the records of a stream say of each order in the end: of several versions the last. */
export function newestOrders({ Records }) {
  const newest = new Map(
    Records.map(({ dynamodb: { Keys, NewImage, SequenceNumber } }) => [
      Keys.id.S,
      {
        order: Keys.id.S,
        customer: NewImage.customer.S,
        pieces: NewImage.pieces.N,
        sequenceNumber: SequenceNumber,
      },
    ]),
  );
  return [...newest.values()];
}
