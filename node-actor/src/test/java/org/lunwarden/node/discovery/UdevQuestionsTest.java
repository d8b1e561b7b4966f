package org.lunwarden.node.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.lunwarden.model.DevT;
import org.lunwarden.model.DeviceName;
import org.lunwarden.node.discovery.UdevQuestions.Patience;

class UdevQuestionsTest {

    private static final Patience PATIENCE = new Patience(3, Duration.ofSeconds(10));
    private static final DeviceName DISK = new DeviceName("sdb");
    private static final Map<DeviceName, DevT> NAMELESS = Map.of(DISK, new DevT(8, 16));

    @Test
    void aDiskIsAskedForSoOftenAndSoLongApart() {
        var questions = UdevQuestions.NONE.after(NAMELESS, PATIENCE, at(0));
        assertThat(questions.due(PATIENCE, at(9))).isEmpty();
        for (var time = 10; time <= 30; time += 10) {
            assertThat(questions.next(PATIENCE, at(time - 1))).contains(at(time));
            assertThat(questions.unheard(PATIENCE, at(time))).isEmpty();
            assertThat(questions.due(PATIENCE, at(time))).containsExactly(DISK);
            questions = questions.asked(DISK, PATIENCE, at(time));
            assertThat(questions.due(PATIENCE, at(time + 9))).isEmpty();
            // each answer is a look that finds it without a WWID still
            questions = questions.after(NAMELESS, PATIENCE, at(time + 1));
        }

        assertThat(questions.next(PATIENCE, at(31)))
                .as("the last answer has its time, too")
                .contains(at(40));
        assertThat(questions.unheard(PATIENCE, at(39))).isEmpty();
        assertThat(questions.unheard(PATIENCE, at(40))).containsExactly(DISK);
        assertThat(questions.next(PATIENCE, at(40))).isEmpty();
        assertThat(questions.due(PATIENCE, at(1000))).isEmpty();
    }

    @Test
    void aDiskThatHasAWwidOrIsGoneIsNotAskedForAndAnotherOfItsNameIsBegunWithAnew() {
        var asked = UdevQuestions.NONE.after(NAMELESS, PATIENCE, at(0)).asked(DISK, PATIENCE, at(10));

        assertThat(asked.after(Map.of(), PATIENCE, at(11)).next(PATIENCE, at(11)))
                .isEmpty();
        var another = asked.after(Map.of(DISK, new DevT(8, 32)), PATIENCE, at(11));
        assertThat(another.open()).containsEntry(DISK, new UdevQuestions.Question(new DevT(8, 32), 0, at(21)));
    }

    @Test
    void nobodyIsAskedWhereTheSiteWantsNoTries() {
        var none = new Patience(0, Duration.ZERO);

        var questions = UdevQuestions.NONE.after(NAMELESS, none, at(0));

        assertThat(questions.due(none, at(1))).isEmpty();
        assertThat(questions.next(none, at(1))).isEmpty();
        assertThat(questions.unheard(none, at(1))).containsExactly(DISK);
    }

    private static Duration at(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
