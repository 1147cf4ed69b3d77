"""The models of models.rs on SimPy and Ciw, each written as its own documentation writes such models.

    python peers.py ENGINE MODEL

prints engine, model, customers, processor seconds, mean wait and share lost. Fewer customers than in
Rust: one takes long enough.
"""

import math
import random
import sys
import time

# By model: customers, facilities, beds, whether those without a bed wait, and by class the arrivals per unit of
# time and the stay: its mean, and its coefficient of variation (None: exponential).
MODELS = {
    "mm1": (100_000, 1, 1, True, [(0.9, 1.0, None)]),
    "loss": (100_000, 1, 30, False, [(28.0, 1.0, None)]),
    "ic": (100_000, 1, 100, True, [(10.0, 5.0, 1.2), (8.0, 3.5, 1.0), (7.0, 2.0, 0.8)]),
    "region": (300_000, 50, 100, True, [(10.0, 5.0, 1.2), (8.0, 3.5, 1.0), (7.0, 2.0, 0.8)]),
}


def lognormal(mean, variation):
    """Parameters of the normal distribution of the logarithm."""
    square = 1 + variation**2
    return math.log(mean / math.sqrt(square)), math.sqrt(math.log(square))


def simpy_model(model, seed):
    import simpy

    customers, facilities, beds, waits, classes = MODELS[model]
    rng = random.Random(seed)
    env = simpy.Environment()
    waited, lost, come = [], 0, 0
    one_class = len(classes) == 1
    kind = simpy.Resource if one_class else simpy.PriorityResource
    places = [kind(env, capacity=beds) for _ in range(facilities)]

    def stay(mean, variation):
        if variation is None:
            return lambda: rng.expovariate(1 / mean)
        mu, sigma = lognormal(mean, variation)
        return lambda: rng.lognormvariate(mu, sigma)

    def patient(place, number, stay):
        nonlocal lost
        arrival = env.now
        if not waits and place.count == place.capacity:
            lost += 1
            return
        with place.request() if one_class else place.request(priority=number) as bed:
            yield bed
            waited.append(env.now - arrival)
            yield env.timeout(stay())

    def arrivals(place, number, rate, stay):
        nonlocal come
        while True:
            yield env.timeout(rng.expovariate(rate))
            if come == customers:
                return
            come += 1
            env.process(patient(place, number, stay))

    for place in places:
        for number, (rate, mean, variation) in enumerate(classes):
            env.process(arrivals(place, number, rate, stay(mean, variation)))
    env.run()
    return len(waited) + lost, sum(waited) / len(waited), lost / (len(waited) + lost)


def ciw_model(model, seed):
    import ciw

    customers, facilities, beds, waits, classes = MODELS[model]
    if facilities > 1:
        raise SystemExit("the region is not written for Ciw")
    names = [f"class {number}" for number in range(len(classes))]

    def stay(mean, variation):
        if variation is None:
            return ciw.dists.Exponential(rate=1 / mean)
        return ciw.dists.Lognormal(*lognormal(mean, variation))

    network = ciw.create_network(
        arrival_distributions={
            name: [ciw.dists.Exponential(rate=rate)] for name, (rate, _, _) in zip(names, classes)
        },
        service_distributions={
            name: [stay(mean, variation)] for name, (_, mean, variation) in zip(names, classes)
        },
        priority_classes={name: number for number, name in enumerate(names)},
        number_of_servers=[beds],
        queue_capacities=[math.inf if waits else 0],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers, method="Arrive")
    records = simulation.get_all_records()
    waits_of = [record.waiting_time for record in records if record.record_type == "service"]
    lost = sum(record.record_type == "rejection" for record in records)
    return customers, sum(waits_of) / len(waits_of), lost / customers


def main():
    engine, model = sys.argv[1:]
    run = {"simpy": simpy_model, "ciw": ciw_model}[engine]
    start = time.process_time()
    customers, wait, lost = run(model, seed=1)
    seconds = time.process_time() - start
    print(engine, model, customers, f"{seconds:.6f} {wait:.4f} {lost:.5f}")


if __name__ == "__main__":
    main()
