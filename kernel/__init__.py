"""What every domain stands on: values, the protocol of the store, errors, policy, working time, topics."""
