package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalendarTest {
    private static final List<Panes.Period> PERIODS = List.of(Panes.Period.values());

    private static Panes.Aligned calendar(Panes.Period period, String zone) {
        return (Panes.Aligned) Panes.calendar(period, ZoneId.of(zone), ChronoUnit.SECONDS);
    }

    private static long second(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }

    private static String pane(Panes.Period period, String zone, String instant) {
        Panes.Aligned panes = calendar(period, zone);
        long start = panes.slice(second(instant));
        return Instant.ofEpochSecond(start) + "/" + Duration.ofSeconds(panes.sliceEnd(start) - start);
    }

    @Test
    void daysFollowTheClocksOfTheirZone() {
        assertThat(pane(Panes.Period.DAY, "Europe/Berlin", "2024-03-31T12:00:00Z"))
                .isEqualTo("2024-03-30T23:00:00Z/PT23H");
        assertThat(pane(Panes.Period.DAY, "Europe/Berlin", "2024-10-27T12:00:00Z"))
                .isEqualTo("2024-10-26T22:00:00Z/PT25H");
        assertThat(pane(Panes.Period.DAY, "America/Sao_Paulo", "2018-11-04T10:00:00Z"))
                .isEqualTo("2018-11-04T03:00:00Z/PT23H");
        assertThat(pane(Panes.Period.DAY, "Pacific/Apia", "2011-12-31T12:00:00Z"))
                .isEqualTo("2011-12-31T10:00:00Z/PT24H");
        assertThat(pane(Panes.Period.DAY, "UTC", "1969-12-31T23:59:59Z")).isEqualTo("1969-12-31T00:00:00Z/PT24H");
    }

    @Test
    void weeksStartOnMondayAndMonthsOnTheFirst() {
        assertThat(pane(Panes.Period.WEEK, "UTC", "2024-05-05T23:00:00Z")).isEqualTo("2024-04-29T00:00:00Z/PT168H");
        assertThat(pane(Panes.Period.MONTH, "UTC", "2024-02-29T23:00:00Z")).isEqualTo("2024-02-01T00:00:00Z/PT696H");
        assertThat(pane(Panes.Period.QUARTER, "UTC", "2023-06-30T23:00:00Z")).isEqualTo("2023-04-01T00:00:00Z/PT2184H");
        assertThat(pane(Panes.Period.YEAR, "Asia/Tokyo", "2023-12-31T16:00:00Z"))
                .isEqualTo("2023-12-31T15:00:00Z/PT8784H");
    }

    @Test
    void everyTimeIsInOnePaneAndPanesJoinUp() {
        long seed = System.nanoTime();
        System.out.println("CalendarTest seed " + seed);
        var random = new Random(seed);
        String[] zones = {
            "UTC",
            "Europe/Berlin",
            "America/Sao_Paulo",
            "Pacific/Apia",
            "America/Havana",
            "Asia/Beirut",
            "Australia/Lord_Howe",
            "America/St_Johns",
            "Africa/Monrovia"
        };
        for (int i = 0; i < 20_000; i++) {
            Panes.Period period = PERIODS.get(random.nextInt(PERIODS.size()));
            Panes.Aligned panes = calendar(period, zones[random.nextInt(zones.length)]);
            long time = (long) (random.nextDouble() * 4e9) - 2_000_000_000L;
            long start = panes.slice(time);
            long end = panes.sliceEnd(start);
            assertThat(time).as("%s %d seed %d", panes, time, seed).isBetween(start, end - 1);
            assertThat(panes.slice(start))
                    .as("%s %d seed %d", panes, time, seed)
                    .isEqualTo(start);
            assertThat(panes.slice(end - 1))
                    .as("%s %d seed %d", panes, time, seed)
                    .isEqualTo(start);
            assertThat(panes.slice(end)).as("%s %d seed %d", panes, time, seed).isEqualTo(end);
            assertThat(panes.start(end)).as("%s %d seed %d", panes, time, seed).isEqualTo(start);
            assertThat(panes.firstEnd(start)).isEqualTo(panes.lastEnd(start)).isEqualTo(end);
        }
    }

    @Test
    void datesAndFineUnitsCount() {
        var days = (Panes.Aligned) Panes.calendar(Panes.Period.MONTH, ZoneId.of("UTC"), ChronoUnit.DAYS);
        assertThat(days.slice(LocalDate.of(1968, 2, 20).toEpochDay()))
                .isEqualTo(LocalDate.of(1968, 2, 1).toEpochDay());
        var nanos = (Panes.Aligned) Panes.calendar(Panes.Period.DAY, ZoneId.of("UTC"), ChronoUnit.NANOS);
        assertThat(nanos.slice(-1)).isEqualTo(-86_400_000_000_000L);
        assertThatThrownBy(() -> Panes.calendar(Panes.Period.DAY, ZoneId.of("UTC"), ChronoUnit.HOURS))
                .hasMessageContaining("times in Hours");
    }
}
