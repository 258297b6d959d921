//! Waiting in a queue of random arrivals and random work times.
//!
//! Formulas: Erlang's delay formula for c equal servers with exponential times (M/M/c); with one server it is ρ, and
//! the mean wait is ρ ÷ (1 − ρ) work times (M/M/1). Where arrivals or work times vary otherwise, H. Sakasegawa's
//! approximation (An approximation formula Lq ≈ α·ρ^β/(1−ρ), 1977) with J. Kingman's factor for the variation.

/// Probability that an arriving case has to wait (Erlang C), for the utilisation of each of `servers` servers.
///
/// 1 from a utilisation of 1 on.
pub fn probability_of_waiting(utilisation: f64, servers: u32) -> f64 {
    if utilisation >= 1.0 {
        return 1.0;
    }
    if utilisation <= 0.0 {
        return 0.0;
    }
    // Erlang's loss formula by its recursion, then the delay formula from it.
    let offered = utilisation * f64::from(servers);
    let loss = (1..=servers).fold(1.0, |loss, server| offered * loss / (f64::from(server) + offered * loss));
    loss / (1.0 - utilisation * (1.0 - loss))
}

/// Mean wait before the work begins, in work times: P(wait) ÷ (c · (1 − ρ)). Infinite from a utilisation of 1 on.
pub fn wait_in_work_times(utilisation: f64, servers: u32) -> f64 {
    if utilisation >= 1.0 {
        return f64::INFINITY;
    }
    probability_of_waiting(utilisation, servers) / (f64::from(servers.max(1)) * (1.0 - utilisation))
}

/// Mean wait before the work begins, in work times, for the coefficients of variation of the time between arrivals and of
/// the work time: ((ca² + cs²) ÷ 2) · ρ^(√(2(c + 1)) − 1) ÷ (c · (1 − ρ)). Exact (Erlang C) where both are 1. Infinite
/// from a utilisation of 1 on.
pub fn wait_with_variation(utilisation: f64, servers: u32, arrivals: f64, work: f64) -> f64 {
    if arrivals == 1.0 && work == 1.0 {
        return wait_in_work_times(utilisation, servers);
    }
    (arrivals * arrivals + work * work) / 2.0 * approximate_wait(utilisation, servers)
}

/// Sakasegawa's approximation of the mean wait, in work times, for random arrivals and work times.
pub fn approximate_wait(utilisation: f64, servers: u32) -> f64 {
    if utilisation >= 1.0 {
        return f64::INFINITY;
    }
    let servers = f64::from(servers.max(1));
    utilisation.max(0.0).powf((2.0 * (servers + 1.0)).sqrt() - 1.0) / (servers * (1.0 - utilisation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_approximation_is_near() {
        close(approximate_wait(5.4 / 12.0, 2) * 10.0, 2.857, 0.0005);
        close(approximate_wait(10.8 / 12.0, 2) * 10.0, 42.919, 0.0005);
        close(approximate_wait(0.9, 1), 9.0, 1e-9);
        close(wait_with_variation(0.9, 1, 1.0, 0.0), 4.5, 1e-9);
        close(wait_with_variation(0.45, 2, 1.0, 1.0), wait_in_work_times(0.45, 2), 1e-12);
        assert_eq!(wait_with_variation(1.0, 2, 0.5, 0.5), f64::INFINITY);
    }

    fn close(value: f64, expected: f64, tolerance: f64) {
        assert!((value - expected).abs() <= tolerance, "{value} is not {expected}");
    }

    #[test]
    fn one_server() {
        close(wait_in_work_times(5.4 / 6.0, 1) * 10.0, 90.0, 1e-9);
        for (utilisation, wait) in
            [(0.5, 1.0), (0.6, 1.5), (0.7, 2.33), (0.8, 4.0), (0.85, 5.67), (0.9, 9.0), (0.95, 19.0)]
        {
            close(wait_in_work_times(utilisation, 1), wait, 0.005);
        }
        assert_eq!(wait_in_work_times(1.0, 1), f64::INFINITY);
    }

    #[test]
    fn two_servers() {
        close(probability_of_waiting(5.4 / 12.0, 2), 0.2793, 0.00005);
        close(wait_in_work_times(5.4 / 12.0, 2) * 10.0, 2.539, 0.0005);
        close(probability_of_waiting(10.8 / 12.0, 2), 0.8526, 0.00005);
        close(wait_in_work_times(10.8 / 12.0, 2) * 10.0, 42.632, 0.0005);
    }
}
